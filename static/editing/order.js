"use strict";

// Moves milestones by buttons, by their number and by dragging, and saves without leaving the page.
{
  const EDGE = 80; // so near the window's edge a drag scrolls, in pixels
  let isDirty = () => false;

  const middle = (row) => {
    const { top, height } = row.getBoundingClientRect();
    return top + height / 2;
  };

  const begin = (section) => {
    const list = section.querySelector(".order__rows");
    const status = section.querySelector("[role=status]");
    const rows = () => [...(list?.children ?? [])];
    const order = () => rows().map((row) => row.dataset.row).join(" ");
    const stored = order();
    isDirty = () => order() !== stored;

    const say = (sentence, row) => {
      const words = { title: row?.dataset.title, place: rows().indexOf(row) + 1, total: rows().length };
      status.textContent = section.dataset[sentence].replace(/\{(\w+)\}/g, (_all, name) => words[name]);
    };

    const number = () => {
      rows().forEach((row, at) => {
        const input = row.querySelector("input");
        if (input) input.value = at + 1;
        else row.querySelector("[data-place]").textContent = at + 1;
      });
    };

    // The others go around the row, which stays in the document and so keeps the focus.
    const put = (row, to) => {
      const all = rows();
      const from = all.indexOf(row);
      if (to < from) row.after(...all.slice(to, from));
      if (to > from) row.before(...all.slice(from + 1, to + 1));
      number();
      list.querySelector(".is-moved")?.classList.remove("is-moved");
      row.classList.add("is-moved");
    };

    const step = (row, by) => {
      const to = rows().indexOf(row) + by;
      if (to < 0) return say("first", row);
      if (to === rows().length) return say("last", row);
      put(row, to);
      document.activeElement.scrollIntoView({ block: "nearest" });
      say("moved", row);
    };

    const drag = (row, handle, pressed) => {
      const from = rows().indexOf(row);
      let y = pressed.clientY;
      const follow = () => {
        if (y < EDGE) scrollBy(0, -12);
        if (y > innerHeight - EDGE) scrollBy(0, 12);
        const to = rows().filter((other) => other !== row && middle(other) < y).length;
        if (to !== rows().indexOf(row)) put(row, to);
      };
      const scrolling = setInterval(follow, 30);
      const drop = (to) => {
        clearInterval(scrolling);
        handle.onpointermove = handle.onpointerup = handle.onpointercancel = null;
        row.classList.remove("is-dragged");
        put(row, to);
        if (to !== from) say("moved", row);
      };
      handle.setPointerCapture(pressed.pointerId);
      row.classList.add("is-dragged");
      handle.onpointermove = (event) => {
        y = event.clientY;
        follow();
      };
      handle.onpointerup = () => drop(rows().indexOf(row));
      handle.onpointercancel = () => drop(from);
    };

    const save = async (form) => {
      say("saving");
      try {
        const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector("[data-order]");
        if (!fresh) throw new Error("The answer is another page.");
        section.replaceWith(fresh);
        begin(fresh);
        const place = fresh.querySelector("[data-problem]") ?? fresh.querySelector("[type=submit]");
        place?.focus();
        const said = fresh.querySelector("[role=status]");
        if (said) said.textContent = page.querySelector(".messagelist")?.textContent.trim() ?? "";
      } catch {
        say("failed");
      }
    };

    for (const hidden of section.querySelectorAll("[data-handle], [data-buttons], [data-with-script]"))
      hidden.hidden = false;
    for (const shown of section.querySelectorAll("[data-without-script]")) shown.hidden = true;
    for (const blank of section.querySelectorAll(".order__handle")) blank.hidden = false;

    list?.addEventListener("click", (event) => {
      const button = event.target.closest("[data-by]");
      if (button) step(button.closest("[data-row]"), Number(button.dataset.by));
    });
    list?.addEventListener("change", (event) => {
      const row = event.target.closest("[data-row]");
      const place = Math.trunc(event.target.value);
      const to = Math.min(Math.max(place, 1), rows().length) - 1;
      if (!place || to === rows().indexOf(row)) return number();
      put(row, to);
      event.target.scrollIntoView({ block: "nearest" });
      say("moved", row);
    });
    list?.addEventListener("pointerdown", (event) => {
      const handle = event.target.closest("[data-handle]");
      if (!handle || event.button) return;
      event.preventDefault();
      drag(handle.closest("[data-row]"), handle, event);
    });
    section.addEventListener("submit", (event) => {
      event.preventDefault();
      save(event.target);
    });
  };

  begin(document.querySelector("[data-order]"));
  addEventListener("beforeunload", (event) => {
    if (isDirty()) event.preventDefault();
  });
}
