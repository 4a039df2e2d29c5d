// The rehearsal: four pages side by side. The part of the address behind # holds the teacher's token and the code; it never leaves
// the browser.
const [token, code] = location.hash.slice(1).split(',');
document.getElementById('where').textContent = 'Rehearsal: the teacher’s page, two phones and the board. Computers sit in all other seats.';
const frame = (title, address, className) => {
  const element = document.createElement('iframe');
  element.title = title;
  element.src = address;
  element.className = className;
  return element;
};
document.getElementById('main').append(
  frame('Teacher', `teacher#${token}`, 'wide'),
  frame('First phone', `./?phone=1#${code},First phone`, 'phone'),
  frame('Second phone', `./?phone=2#${code},Second phone`, 'phone'),
  frame('Board', 'projector', 'wide'),
);
