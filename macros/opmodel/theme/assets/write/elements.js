/* Elements of the page. */
'use strict';

let writeCount = 0;

/** Return an id that no other element has. */
function writeId() {
  writeCount += 1;
  return 'om-write-' + writeCount;
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} [properties]
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[Name]}
 */
function writeElement(name, properties = {}, children = []) {
  const made = document.createElement(name);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

/**
 * @param {string} text
 * @param {() => void} act
 * @param {string} [className]
 */
function writeButton(text, act, className = '') {
  const made = writeElement('button', { type: 'button', textContent: text, className: 'om-button ' + className });
  made.addEventListener('click', act);
  return made;
}
