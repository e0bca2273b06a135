// The count follows what is chosen: the page is asked for anew, and its count and hidden choices are put in place.
(() => {
  const form = document.getElementById("segment");
  if (!form) return;
  let asked = 0;
  form.addEventListener("change", async () => {
    const mine = ++asked;
    const send = document.getElementById("send");
    send.disabled = true;
    const address = `?${new URLSearchParams(new FormData(form))}`;
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (mine !== asked || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["count", "chosen"]) document.getElementById(id).replaceWith(page.getElementById(id));
    send.disabled = page.getElementById("send").disabled;
  });
})();
