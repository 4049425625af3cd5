from django.urls import path, register_converter

from protocols import views


class DocumentLanguage:
    """The two languages a protocol is made in."""

    regex = "kk|ru"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DocumentLanguage, "document_language")

app_name = "protocols"
PROTOCOL = "meetings/<meeting:key>/protocol"
urlpatterns = [
    path(f"{PROTOCOL}/", views.detail, name="detail"),
    path(f"{PROTOCOL}/draw-up/", views.draw_up, name="draw_up"),
    path(f"{PROTOCOL}/edit/<int:order>/", views.edit, name="edit"),
    path(f"{PROTOCOL}/send/", views.send, name="send"),
    path(f"{PROTOCOL}/make/", views.make, name="make"),
    path(f"{PROTOCOL}/take-back/", views.take_back, name="take_back"),
    path(f"{PROTOCOL}/sign/", views.sign, name="sign"),
    path(f"{PROTOCOL}/return/", views.return_it, name="return"),
    path(f"{PROTOCOL}/<document_language:language>.pdf", views.pdf, name="pdf"),
    path("meetings/<meeting:key>/items/<int:order>/dissent/", views.dissent, name="dissent"),
    path("decisions/", views.decisions, name="decisions"),
    path("protocols/", views.register, name="list"),
]
