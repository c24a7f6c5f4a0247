// Reads calendars with ical.js and prints, as JSON, what each holds: the kinds of its parts, and its events.
import { readFile } from 'node:fs/promises';
import ICAL from 'ical.js';

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent').map((part) => {
    const event = new ICAL.Event(part);
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
    };
  });
  return {
    name: calendar.getFirstPropertyValue('x-wr-calname'),
    parts: calendar.getAllSubcomponents().map((part) => part.name),
    events,
  };
}

const found = {};
for (const file of process.argv.slice(2)) found[file] = read(await readFile(file, 'utf8'));
console.log(JSON.stringify(found));
