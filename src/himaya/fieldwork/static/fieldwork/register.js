// Keeps, on the device that was just registered, what it needs to seal and to send; then opens the card.
"use strict";
(async () => {
  const said = document.getElementById("device");
  const note = document.getElementById("unkept");
  try {
    await kept.register(JSON.parse(said.dataset.said));
    said.remove();
    location.replace(said.dataset.next);
  } catch {
    note.hidden = false;
  }
})();
