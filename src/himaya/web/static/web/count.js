// How many letters are left, said only when there are few: a text is never cut.
"use strict";
(() => {
  const FEW = 500;
  document.addEventListener("input", ({ target: field }) => {
    const longest = Number(field.dataset.longest);
    if (!longest) return;
    const left = longest - [...field.value].length;
    let line = field.parentElement.querySelector("output");
    if (!line) {
      line = document.createElement("output");
      line.className = "hint";
      field.after(line);
    }
    line.textContent = left < FEW ? field.dataset.left.replace("{number}", left) : "";
  });
})();
