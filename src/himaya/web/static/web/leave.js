// Leaving faster: a blank page at once, and no entry in the history for the page that was left.
// Without this script the form does the same by itself, one request slower.
"use strict";
(() => {
  const form = document.getElementById("leave");
  const leave = () => {
    document.documentElement.classList.add("gone");
    document.body.replaceChildren();
    location.replace(form.dataset.to);
  };
  if (!form.dataset.to) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  // Shift three times within two seconds, with no other key between.
  let times = [];
  addEventListener("keyup", (event) => {
    times = event.key === "Shift" ? [...times, event.timeStamp].slice(-3) : [];
    if (times.length === 3 && times[2] - times[0] < 2000) leave();
  });
})();
