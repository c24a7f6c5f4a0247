/* The file that a page gives: its text, and buttons that copy and download it. */
'use strict';

/**
 * @param {object} said
 * @param {number} said.rows how many lines of the file are in sight
 * @param {() => string} said.name what a downloaded file is called
 * @param {HTMLElement} said.told where it is said what was done
 * @param {string} said.saved what to do with a file that was downloaded
 */
function writeFile({ rows, name, told, saved }) {
  const area = writeElement('textarea', { readOnly: true, rows, spellcheck: false, id: writeId(), className: 'om-write__file' });

  function copy() {
    area.select();
    const done = () => { told.textContent = 'The file is copied.'; };
    const failed = () => {
      if (document.execCommand('copy')) done();
      else told.textContent = 'Not allowed to copy: the text is selected, press Ctrl+C.';
    };
    if (navigator.clipboard) navigator.clipboard.writeText(area.value).then(done, failed);
    else failed();
  }

  function download() {
    const href = URL.createObjectURL(new Blob([area.value], { type: 'application/yaml' }));
    writeElement('a', { href, download: name() }).click();
    setTimeout(() => { URL.revokeObjectURL(href); }, 10000);
    told.textContent = saved;
  }

  return { area, buttons: [writeButton('Copy', copy), writeButton('Download', download)] };
}
