// Asks the browser for a passkey and puts its answer into the form, as the server reads it.
// A form says what to ask for in data-passkey ("get" or "create") and data-options.
"use strict";
(() => {
  const bytes = (text) => {
    const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) => {
    const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
    return btoa(letters.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  const keys = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));
  const salts = (prf) => {
    const read = ([id, salt]) => [id, { first: bytes(salt.first) }];
    return { evalByCredential: Object.fromEntries(Object.entries(prf.evalByCredential).map(read)) };
  };

  const asked = (form) => {
    const options = JSON.parse(form.dataset.options);
    options.challenge = bytes(options.challenge);
    options.allowCredentials = keys(options.allowCredentials);
    options.excludeCredentials = keys(options.excludeCredentials);
    if (options.user) options.user.id = bytes(options.user.id);
    if (options.extensions?.prf?.evalByCredential) {
      options.extensions.prf = salts(options.extensions.prf);
    }
    return { publicKey: options };
  };

  const answered = (credential) => {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[part]) response[part] = text(credential.response[part]);
    }
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
  };

  const enable = (form) => {
    const failed = form.querySelector("[data-failed]");
    form.querySelector("[data-without]").hidden = true;
    form.querySelector("[data-with]").hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.answer.value) return;
      event.preventDefault();
      failed.hidden = true;
      try {
        const credential = await navigator.credentials[form.dataset.passkey](asked(form));
        const derived = credential.getClientExtensionResults().prf?.results?.first;
        if (form.elements.prf && derived) form.elements.prf.value = text(derived);
        form.elements.answer.value = answered(credential);
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  };

  if (window.PublicKeyCredential) {
    document.querySelectorAll("form[data-passkey]").forEach(enable);
  }
})();
