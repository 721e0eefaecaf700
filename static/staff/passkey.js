// Shows the ways of passkeys, which need a script, and says what allauth's scripts only tell the
// console: that a passkey was cancelled, or did not work.
const said = document.querySelector("[data-passkey-said]");
const WORDS = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "known",
  SecurityError: "address" };

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  said.textContent = said.dataset[WORDS[event.detail.exception.name] || "failed"];
  said.hidden = false;
});
