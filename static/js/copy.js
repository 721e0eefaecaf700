// Below each text with `data-copy`, a button that copies it; where this does not run, it can be selected.
"use strict";
for (const text of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const row = document.createElement("p");
  const button = row.appendChild(document.createElement("button"));
  const said = row.appendChild(document.createElement("span"));
  row.className = "head__more links";
  button.className = "button";
  button.type = "button";
  button.textContent = text.dataset.copy;
  said.setAttribute("role", "status");
  text.after(row);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText((text.value ?? text.textContent).replace(/\s+/g, " ").trim());
    said.textContent = text.dataset.copied;
  });
}
