"use strict";

// Shows which cities are left out, ticks the city of what is ticked, and sends the form once.
{
  const form = document.querySelector(".import-plan");
  const cities = [...form.querySelectorAll("[data-city]")];

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
    sent = true;
  });
  addEventListener("pageshow", () => {
    sent = false;
    show();
  });
}
