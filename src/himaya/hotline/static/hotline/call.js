// Beside the pages of a call, which go without it: counts the time, keeps what was noted every five
// seconds, lets digits choose a code, looks whether a colleague has taken the caller, and makes every
// access key Alt and its letter, which else differs from browser to browser.
"use strict";
(() => {
  const EVERY = 5000;
  const all = (selector, act) => document.querySelectorAll(selector).forEach(act);
  const shown = (scope) => {
    scope.querySelectorAll("[data-without]").forEach((part) => (part.hidden = true));
    scope.querySelectorAll("[data-with]").forEach((part) => (part.hidden = false));
  };
  const two = (number) => String(number).padStart(2, "0");

  // The server says when the call began and what time it is: the clock of this machine may be wrong.
  const count = (timer) => {
    const began = Number(timer.dataset.began);
    if (!timer.dataset.now) return;
    const ahead = Date.now() / 1000 - Number(timer.dataset.now);
    const draw = () => {
      const lasted = Math.max(0, Math.floor(Date.now() / 1000 - ahead - began));
      timer.textContent = `${two(Math.floor(lasted / 60))}:${two(lasted % 60)}`;
    };
    draw();
    timer.hidden = false;
    setInterval(draw, 1000);
  };

  const keep = (form) => {
    shown(form);
    const status = form.querySelector("[role=status]");
    const said = () => new URLSearchParams(new FormData(form)).toString();
    let kept = said();
    let busy = false;
    const send = async () => {
      const now = said();
      if (busy || now === kept) return;
      busy = true;
      try {
        const answer = await fetch(form.dataset.keep, {
          method: "POST", body: new URLSearchParams(now), redirect: "manual", keepalive: true,
        });
        if (answer.status !== 204) throw new Error("not kept");
        kept = now;
        const at = new Date();
        const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
        status.textContent = status.dataset.kept.replace("{time}", time);
      } catch {
        status.textContent = status.dataset.failed;
      }
      busy = false;
    };
    setInterval(send, EVERY);
    addEventListener("visibilitychange", () => document.hidden && send());
  };

  const choose = (form) => {
    shown(form);
    const digits = form.querySelector("[data-digits]");
    addEventListener("keydown", (event) => {
      const writes = event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
      if (!digits.checked || writes || event.altKey || event.ctrlKey || event.metaKey) return;
      const choice = form.querySelectorAll("[name=outcome]")[Number(event.key) - 1];
      if (!choice) return;
      choice.checked = true;
      choice.focus();
    });
  };

  const listen = () => {
    const keys = new Map();
    all("[accesskey]", (part) => {
      const letter = part.accessKey.toUpperCase();
      keys.set(`Key${letter}`, part);
      part.removeAttribute("accesskey"); // or the browser would do it a second time
      part.setAttribute("aria-keyshortcuts", `Alt+${letter}`);
    });
    addEventListener("keydown", (event) => {
      const part = keys.get(event.code);
      if (!part || !event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      part.click();
    });
  };

  listen();
  all("[data-timer]", count);
  all("form[data-keep]", keep);
  all("form[data-codes]", choose);
  all("[data-again]", () => setTimeout(() => location.reload(), EVERY));
})();
