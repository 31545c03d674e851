/* CKAN's dialogs and toasts name their closing cross in English, and its messages do so before the
   translations are there. */
(() => {
  const translate = (root) => {
    for (const cross of root.querySelectorAll('.btn-close[aria-label="Close"]')) {
      cross.setAttribute('aria-label', ckan.i18n._('Close'));
    }
  };
  const load = ckan.i18n.load;
  ckan.i18n.load = (data) => {
    load.call(ckan.i18n, data);
    translate(document);
  };
  document.addEventListener('show.bs.modal', (event) => translate(event.target));
  document.addEventListener('show.bs.toast', (event) => translate(event.target));
})();
