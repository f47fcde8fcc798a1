// Reloads the page when the server has compiled again. Only `gazette serve --preview` sends this.
const known = document.currentScript.dataset.version;
async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`/_preview/version?after=${known}`, { cache: 'no-store' });
      if (answer.ok && (await answer.text()).trim() !== known) return location.reload();
    } catch {
      // The server starts again, or is gone.
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
follow();
