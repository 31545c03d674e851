/* CKAN's dialogs and toasts name their closing cross in English, whatever the language of the page. */
(() => {
  const translate = (event) => {
    for (const cross of event.target.querySelectorAll('.btn-close[aria-label="Close"]')) {
      cross.setAttribute('aria-label', ckan.i18n._('Close'));
    }
  };
  document.addEventListener('show.bs.modal', translate);
  document.addEventListener('show.bs.toast', translate);
})();
