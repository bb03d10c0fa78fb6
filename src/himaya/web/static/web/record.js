// Speaking instead of writing: the recording stays in this page until it is sealed with the rest.
"use strict";
(() => {
  const LONGEST = 5 * 60 * 1000;
  const BITS_A_SECOND = 24_000; // a voice, small enough for a slow line
  if (!self.MediaRecorder || !navigator.mediaDevices) return;
  let recorder = null;

  const place = () => document.querySelector("[data-record]");
  const show = (state) => {
    for (const part of place()?.querySelectorAll("[data-when]") ?? []) {
      part.hidden = part.dataset.when !== state;
    }
  };
  const start = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const pieces = [];
    recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_A_SECOND });
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      stream.getTracks().forEach((track) => track.stop());
      const type = recorder.mimeType.split(";")[0];
      const file = new File(pieces, `voice.${type.split("/")[1]}`, { type });
      recorder = null;
      show("ready");
      if (place()) document.dispatchEvent(new CustomEvent("recorded", { detail: file }));
    });
    recorder.start();
    setTimeout(stop, LONGEST);
    show("running");
  };
  const stop = () => recorder?.state === "recording" && recorder.stop();

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-record] button")) return;
    if (recorder) stop();
    else start().catch(() => show("failed"));
  });
  // Each page that the sealing script puts in place: a microphone never stays on unseen.
  document.addEventListener("dressed", () => {
    stop();
    if (!place()) return;
    place().hidden = false;
    show("ready");
  });
})();
