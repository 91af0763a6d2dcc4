import { reading } from './reading.js';

reading('chromium', { keys: 'nl', files: 'en', mouse: 'fr', axeAt: [['nl', 1024], ['fr', 360]] });
