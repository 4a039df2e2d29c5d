// The page in a file: all its data stand in it.

import { byId } from './base.js';
import { take } from './recording.js';
import { begin } from './page.js';

take(JSON.parse(byId('data').textContent));
begin(location.hash);
