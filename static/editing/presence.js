"use strict";

// Says every half minute that a form is open, and writes who else has it open when that changes.
{
  const EVERY = 30_000;
  const place = document.querySelector("[data-present-url]");
  const form = place.closest("form");
  let saving = false;

  const message = (fields = {}) => {
    const { csrfmiddlewaretoken, seen } = form.elements;
    const posted = { csrfmiddlewaretoken: csrfmiddlewaretoken.value, seen: seen.value };
    return new URLSearchParams({ ...posted, ...fields });
  };

  const shown = () => [...place.children].map((line) => line.textContent);

  const show = (sentences) => {
    const wanted = sentences.length || !place.children.length ? sentences : [place.dataset.alone];
    if (wanted.join("\n") === shown().join("\n")) return;
    place.replaceChildren(
      ...wanted.map((sentence) => {
        const line = document.createElement("p");
        line.textContent = sentence;
        return line;
      }),
    );
  };

  const tell = async () => {
    try {
      const answer = await fetch(place.dataset.presentUrl, { method: "POST", body: message() });
      if (answer.ok && !answer.redirected) show((await answer.json()).present);
    } catch {
      // The network is away for a moment: the next one tells.
    }
  };

  tell();
  setInterval(tell, EVERY);
  form.addEventListener("submit", (event) => {
    saving = !event.submitter?.formTarget; // a preview opens beside the form
  });
  addEventListener("pagehide", () => {
    if (!saving) navigator.sendBeacon(place.dataset.presentUrl, message({ left: "1" }));
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      saving = false;
      tell();
    }
  });
}
