"use strict";

// Says under a date field how what is typed is read, and turns "Sept 2024" into EDTF on leaving it.
for (const field of document.querySelectorAll("input[data-reading-url]")) {
  const name = field.name;
  const kept = `.field-${name}_reading .readonly, .field-${name}_read .readonly`;
  const line = document.querySelector(kept) ?? document.createElement("output");
  line.setAttribute("aria-live", "polite");
  if (!line.isConnected) {
    line.className = "editing-reading";
    field.after(line);
  }

  let asked = 0;
  let waiting;

  const ask = async () => {
    const number = ++asked;
    const address = `${field.dataset.readingUrl}?${new URLSearchParams({ text: field.value })}`;
    try {
      const answer = await fetch(address);
      if (!answer.ok || answer.redirected) return null;
      const reading = await answer.json();
      return number === asked ? reading : null;
    } catch {
      return null; // The network is away: the server reads the date on saving.
    }
  };

  const show = (reading) => {
    if (!reading) return;
    line.textContent = reading.error ?? [reading.turned, reading.reading].filter(Boolean).join(" ");
    line.classList.toggle("errors", Boolean(reading.error));
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => show(await ask()), 250);
  });

  field.addEventListener("change", async () => {
    clearTimeout(waiting);
    const reading = await ask();
    show(reading);
    if (reading?.turned && field.dataset.reading !== "printed") field.value = reading.edtf;
  });
}
