"use strict";

// Beside a time of the portal, the same in the time zone of who reads it, where that is another.
{
  const { words, zone } = document.currentScript.dataset;
  const day = { dateStyle: "long", timeStyle: "short" };
  const own = new Intl.DateTimeFormat(document.documentElement.lang, day);

  // A moment as a clock shows it, here or in a zone, in milliseconds.
  const clock = (moment, timeZone) =>
    Date.parse(`${moment.toLocaleString("sv-SE", { timeZone }).replace(" ", "T")}Z`);

  const told = (moment) =>
    Number.isNaN(moment.getTime()) || clock(moment) === clock(moment, zone)
      ? ""
      : words.replace("%s", own.format(moment));

  for (const time of document.querySelectorAll("time.with-zone")) {
    const beside = told(new Date(time.dateTime));
    if (beside) time.append(` (${beside})`);
  }

  for (const fields of document.querySelectorAll(".field-goes_live_at .datetime")) {
    const [date, time] = fields.querySelectorAll("input");
    if (!time) continue;
    const line = document.createElement("output");
    line.className = "editing-reading";
    const show = () => {
      const typed = date.value.strptime(get_format("DATE_INPUT_FORMATS")[0]).getTime();
      const [hours, minutes] = time.value.split(":").map(Number);
      const there = typed + (hours * 60 + minutes) * 60_000;
      const off = clock(new Date(there), zone) - there;
      line.textContent = told(new Date(there - off));
    };
    fields.after(line);
    fields.addEventListener("input", show);
    fields.addEventListener("focusin", show); // the calendar's links fill in without an event
    show();
  }
}
