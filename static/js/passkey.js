// Ties the buttons of passkeys to the functions that come with django-allauth; no inline code, no eval.
(() => {
  "use strict";

  function show(selector, isShown) {
    for (const part of document.querySelectorAll(selector)) part.hidden = !isShown;
  }

  function tie(button) {
    const kind = button.dataset.passkey;
    const ids = { [kind]: button.id, credential: button.dataset.credential };
    if (kind !== "login") ids.data = "js_data";
    if (kind === "add") ids.passwordless = "id_passwordless";
    window.allauth.webauthn.forms[`${kind}Form`]({ ids });
    button.addEventListener("click", () => show("[data-passkey-failed]", false));
    // Enter in the field of the name asks the device, as the button does.
    button.form.addEventListener("submit", (event) => {
      event.preventDefault();
      button.click();
    });
    button.hidden = false;
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    show("[data-passkey-failed]", true);
  });
  document.addEventListener("DOMContentLoaded", () => {
    if (!window.PublicKeyCredential) return;
    show("[data-passkey-absent]", false);
    document.querySelectorAll("[data-passkey]").forEach(tie);
  });
})();
