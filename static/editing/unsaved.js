"use strict";

// Keeps what is typed into a record's form in this browser until it is saved, and offers it back.
{
  const DAYS = 7;
  const MOST_FORMS = 12;
  const MOST_CHARACTERS = 300_000;
  const TWICE = 3_000; // milliseconds in which a form is not sent twice: it was a double click
  const { person, root } = document.currentScript.dataset;
  const PERSON = `unsaved:${person}:`;
  const ROW = /^(.+)-(\d+)-([^-]+)$/; // a field of a row: its part, its number, its own name
  const UNKEPT = ["hidden", "password", "submit", "button", "reset", "image"];

  // What is kept: for each form an entry, under its person, its address, and a name of its own.

  const attempt = (what) => {
    try {
      return what();
    } catch {
      return undefined; // the store is full, or closed to us: the form works without it
    }
  };

  const keys = (start) =>
    (attempt(() => Object.keys(localStorage)) ?? []).filter((key) => key.startsWith(start));

  const load = (key) => attempt(() => JSON.parse(localStorage.getItem(key)));

  const forget = (key) => attempt(() => localStorage.removeItem(key));

  const store = (key, entry) => {
    const text = JSON.stringify(entry);
    if (text.length > MOST_CHARACTERS) return;
    const others = keys(PERSON).filter((other) => other !== key);
    if (others.length >= MOST_FORMS) {
      const age = Object.fromEntries(others.map((other) => [other, load(other)?.at]));
      others.sort((one, other) => age[other] - age[one]);
      others.slice(MOST_FORMS - 1).forEach(forget);
    }
    attempt(() => localStorage.setItem(key, text));
  };

  const dropOld = () => {
    const oldest = Date.now() - DAYS * 24 * 60 * 60 * 1000;
    for (const key of keys("unsaved:")) if (!(load(key)?.at > oldest)) forget(key);
  };

  // The server says by a cookie which form it has saved, or whose words are to go.
  const dropSaved = () => {
    for (const [cookie, what, name] of document.cookie.matchAll(/unsaved-(form|person)-(\w+)=1/g)) {
      const isMeant = (key) =>
        what === "form" ? key.endsWith(`:${name}`) : key.startsWith(`unsaved:${name}:`);
      keys("unsaved:").filter(isMeant).forEach(forget);
      document.cookie = `${cookie.slice(0, -1)}; max-age=0; path=${root}`;
    }
  };

  // A field, as it is and as it was served.

  const valueOf = (field) => (field.type === "checkbox" ? (field.checked ? "on" : "") : field.value);

  const servedIn = (field) => {
    if (field.type === "checkbox") return field.defaultChecked ? "on" : "";
    if (!field.options) return field.defaultValue;
    const chosen = [...field.options].find((option) => option.defaultSelected);
    return (chosen ?? field.options[0])?.value ?? "";
  };

  const labelOf = (field) => {
    const group = field.closest(".inline-group")?.querySelector("h2")?.textContent;
    const own = field.getAttribute("aria-label") ?? field.labels[0]?.textContent ?? field.name;
    return [group, own].filter(Boolean).map((text) => text.trim().replace(/:$/, "")).join(", ");
  };

  const shownIn = (field) => {
    if (field?.type === "checkbox") return field.checked ? "✓" : "–";
    if (field?.type === "file") return field.files[0]?.name ?? "";
    return field?.options ? (field.selectedOptions[0]?.text ?? "") : (field?.value ?? "");
  };

  const put = (field, kept) => {
    if (!field || field.type === "file") return;
    const isThere = [...(field.options ?? [])].some((option) => option.value === kept.now);
    if (field.matches(".admin-autocomplete") && !isThere) field.add(new Option(kept.shown, kept.now));
    if (field.type === "checkbox") field.checked = kept.now === "on";
    else field.value = kept.now;
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  };

  // What differs between two texts: the words that do, with some that stand around them.

  const AROUND = 16;

  const alike = (one, other) => {
    const end = one.findIndex((word, place) => word !== other[place]);
    return end < 0 ? one.length : end;
  };

  const difference = (now, kept) => {
    const [old, young] = [now, kept].map((text) => text.split(/(\s+)/));
    const start = alike(old, young);
    const [oldEnd, youngEnd] = [old, young].map((all) => all.slice(start).reverse());
    const end = alike(oldEnd, youngEnd);
    const middle = (all) => all.slice(start, all.length - end).join("");
    return {
      before: old.slice(Math.max(0, start - AROUND), start).join(""),
      removed: middle(old),
      added: middle(young),
      behind: old.slice(old.length - end).slice(0, AROUND).join(""),
    };
  };

  // The bar that offers what is kept.

  const copyOf = ({ shown, label }) => {
    const words = { value: shown, rows: 2, readOnly: true, className: "editing-unsaved__copy" };
    const copy = Object.assign(document.createElement("textarea"), words);
    copy.setAttribute("aria-label", label);
    return copy;
  };

  const fill = (bar, entry, different, isOlder) => {
    const when = new Date(entry.at);
    const form = { dateStyle: "long", timeStyle: "short" };
    const line = bar.querySelector("template").content;
    bar.querySelector("[data-older]").hidden = !isOlder;
    bar.querySelector("[data-file]").hidden = !different.some(([field]) => field?.type === "file");
    bar.querySelector("time").textContent = when.toLocaleString(document.documentElement.lang, form);
    for (const [field, kept] of different) {
      const shown = line.cloneNode(true);
      shown.querySelector("dt").textContent = kept.label;
      for (const [part, text] of Object.entries(difference(shownIn(field), kept.shown))) {
        const place = shown.querySelector(`[data-part=${part}]`);
        if (text) place.append(text);
        else place.remove();
      }
      if (isOlder || (!field && kept.row)) shown.querySelector("dd").append(copyOf(kept));
      bar.querySelector("dl").append(shown);
    }
  };

  // A form: notes what is typed, offers what was, asks before it is left, is sent once.

  const watch = (form, place) => {
    const here = `${PERSON}${location.pathname}:`;
    const cameBack = place.dataset.unsaved;
    const name = cameBack || Date.now().toString(36) + Math.random().toString(36).slice(2, 8);
    const own = here + name;
    const before = load(own)?.fields;
    const seen = form.elements.seen?.value ?? "";
    const all = () => [...form.elements].filter((f) => f.name && !UNKEPT.includes(f.type));
    const served = new Map(all().map((field) => [field.name, servedIn(field)]));
    let isLeft = false;
    let isUnsaved = false;
    let sentAt = -TWICE;
    let last = "[]";
    let waiting;

    const was = (field) => {
      const inNewRow = field.replace(ROW, "$1-__prefix__-$3");
      return before?.[field]?.was ?? served.get(field) ?? served.get(inNewRow) ?? "";
    };

    const idOfRow = (part, number) => form.elements[`${part}-${number}-id`]?.value;

    const typed = () =>
      all()
        .filter((field) => !field.name.includes("__prefix__") && valueOf(field) !== was(field.name))
        .map((field) => {
          const [, part, number] = field.name.match(ROW) ?? [];
          const [now, shown, label] = [valueOf, shownIn, labelOf].map((what) => what(field));
          return [field.name, { now, was: was(field.name), shown, label, row: idOfRow(part, number) }];
        });

    const keep = () => {
      const fields = typed();
      const text = JSON.stringify(fields);
      isUnsaved = fields.length > 0 || Boolean(cameBack && !before);
      if (text === last) return;
      last = text;
      if (fields.length) store(own, { at: Date.now(), seen, fields: Object.fromEntries(fields) });
      else forget(own);
    };

    const keepSoon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(keep, 300);
    };

    // Where a kept field stands in this form; a row that was added gets a row of its own, if asked.

    const total = (part) => form.elements[`${part}-TOTAL_FORMS`];

    const numberOfRow = (part, id) => {
      const numbers = [...Array(Number(total(part)?.value ?? 0)).keys()];
      return numbers.find((number) => idOfRow(part, number) === id);
    };

    const addRow = (part) => {
      const number = total(part).value;
      document.querySelector(`#${part}-group .add-row a`)?.click();
      return number;
    };

    const fieldFor = (field, kept, added) => {
      const [, part, number, column] = field.match(ROW) ?? [];
      if (!part) return form.elements[field];
      const row = `${part}-${number}`;
      if (!kept.row && added && total(part) && !added.has(row)) added.set(row, addRow(part));
      const there = kept.row ? numberOfRow(part, kept.row) : added?.get(row);
      return form.elements[`${part}-${there}-${column}`];
    };

    const offer = (key) => {
      const entry = load(key);
      const kept = Object.entries(entry?.fields ?? {});
      const different = kept
        .map(([field, one]) => [fieldFor(field, one), one])
        .filter(([field, one]) => (field ? valueOf(field) !== one.now : one.now && one.now !== "on"));
      if (!different.length) return forget(key);
      const bar = place.querySelector("template").content.cloneNode(true).firstElementChild;
      fill(bar, entry, different, entry.seen !== seen);
      place.append(bar);
      bar.addEventListener("click", ({ target }) => {
        if (!target.dataset.said) return;
        const added = new Map();
        if ("put" in target.dataset) {
          for (const [field, one] of kept) put(fieldFor(field, one, added), one);
          keep();
        }
        forget(key);
        const file = bar.querySelector("[data-file]:not([hidden])");
        bar.textContent = target.dataset.said;
        if (file && "put" in target.dataset) bar.append(file);
        bar.focus();
      });
    };

    if (!cameBack) for (const key of keys(here)) offer(key);
    keep();
    form.addEventListener("input", keepSoon);
    form.addEventListener("focusin", keepSoon); // Django's calendar fills a field and says nothing
    for (const type of ["formset:added", "formset:removed"]) document.addEventListener(type, keepSoon);
    addEventListener("load", () => window.django?.jQuery(form).on("change", keepSoon));
    addEventListener("pagehide", keep);
    addEventListener("pageshow", () => {
      isLeft = false;
    });
    form.addEventListener("submit", (event) => {
      keep();
      isLeft = !event.submitter?.formTarget; // a preview opens beside the form
      if (isLeft && event.timeStamp - sentAt < TWICE) event.preventDefault();
      else if (isLeft) sentAt = event.timeStamp;
    });
    form.addEventListener("formdata", ({ formData }) => {
      if (isUnsaved) formData.set("unsaved", name); // by which the server says that it is saved
    });
    addEventListener("beforeunload", (event) => {
      keep();
      if (isUnsaved && !isLeft) event.preventDefault();
    });
  };

  dropOld();
  dropSaved();
  const place = document.querySelector("[data-unsaved]");
  if (place) watch(place.closest("form"), place);
}
