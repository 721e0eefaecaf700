"use strict";

// Select2 stands in for a field that has a label, and has none itself: give it the same one.
{
  const nameOf = (select) =>
    select.labels[0]?.textContent.trim().replace(/:$/, "") ?? select.getAttribute("aria-label");

  const give = (place) => {
    for (const select of place.querySelectorAll("select.admin-autocomplete")) {
      const box = select.nextElementSibling?.querySelector(".select2-selection");
      const shown = box?.querySelector(".select2-selection__rendered");
      if (!shown) continue;
      shown.setAttribute("aria-label", [nameOf(select), shown.title].filter(Boolean).join(": "));
    }
  };

  django.jQuery(() => give(document)); // behind Django's own, which puts Select2 there
  document.addEventListener("formset:added", (event) => setTimeout(() => give(event.target)));
  addEventListener("load", () =>
    django.jQuery(document).on("change", "select.admin-autocomplete", (event) =>
      setTimeout(() => give(event.target.parentElement)),
    ),
  );
}
