"use strict";

// Shows which cities are left out, ticks the city of what is ticked, and sends the form once:
// all that is chosen as one field, because the portal takes a thousand fields at most.
{
  const form = document.querySelector(".import-plan");
  const cities = [...form.querySelectorAll("[data-city]")];
  const choices = [...form.querySelectorAll("[name=choice]")];

  const show = () => {
    for (const city of cities) {
      city.closest("fieldset").classList.toggle("import-left-out", !city.checked);
    }
  };

  form.addEventListener("change", (event) => {
    const { of } = event.target.dataset;
    if (of && event.target.checked) {
      for (const city of cities.filter((one) => one.dataset.city === of)) city.checked = true;
    }
    show();
  });

  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    const chosen = choices.filter((one) => one.type !== "checkbox" || one.checked);
    form.elements.choices.value = chosen.map((one) => one.value).join(" ");
    for (const one of choices) one.disabled = true;
    sent = true;
  });
  addEventListener("pageshow", () => {
    sent = false;
    for (const one of choices) one.disabled = false;
    show();
  });
}
