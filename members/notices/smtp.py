"""SMTP that tells a letter that did not go out from one of which nobody knows."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp

END_OF_LETTER = b"\r\n.\r\n"


class UnknownOutcomeError(OSError):
    """The connection broke after the whole letter was handed over and before the server answered."""


class _Watched(smtplib.SMTP):
    """A session that remembers whether the server already has the whole letter."""

    handed_over = False

    def send(self, s: Any) -> None:
        self.handed_over = False
        super().send(s)
        # Not before: a connection that breaks while the letter is written surely did not bring it.
        self.handed_over = isinstance(s, bytes) and s.endswith(END_OF_LETTER)

    def data(self, msg: Any) -> tuple[int, bytes]:
        try:
            return super().data(msg)
        except OSError as error:
            if self.handed_over and isinstance(error, smtplib.SMTPServerDisconnected):
                raise UnknownOutcomeError(str(error)) from error
            raise


class _WatchedOverTLS(_Watched, smtplib.SMTP_SSL):
    """The same over a connection that is encrypted from the start."""


class Backend(smtp.EmailBackend):
    """Django's SMTP backend with watched sessions."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _WatchedOverTLS if self.use_ssl else _Watched
