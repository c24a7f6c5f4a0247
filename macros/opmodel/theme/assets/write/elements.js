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

/**
 * @param {string} title
 * @param {string} help
 * @param {(Node | string)[]} content
 * @param {HTMLElement} [badge]
 */
function writeSection(title, help, content, badge) {
  const id = writeId();
  const heading = writeElement('h2', { id, textContent: title });
  const note = writeElement('p', { className: 'om-meaning' }, badge ? [badge, ' ', help] : [help]);
  const node = writeElement('section', { className: 'om-section' }, [heading, note, ...content]);
  node.setAttribute('aria-labelledby', id);
  return node;
}
