// Colours that the colour-blind can tell apart (Okabe and Ito), and darker ones of the same hue for
// text, which needs a contrast of 4.5 on white.

export const colours = {
    blue: '#0072b2',
    vermilion: '#d55e00',
    green: '#009e73',
    purple: '#cc79a7',
    orange: '#e69f00',
    ink: '#1b2530',
    soft: '#56606b',
    line: '#d8dde3',
};

export const textColours = {
    blue: '#00629a',
    vermilion: '#b04a00',
    green: '#006f51',
    purple: '#94426f',
    orange: '#8a5a00',
    ink: '#1b2530',
    soft: '#56606b',
};

// Bands of 95, 80 and 50 % of the futures: one hue, ever darker.
export const bandShades = ['#d9e9f3', '#b0d1e6', '#7fb4d6'];

// The order in which lines of one picture take their colours; no picture has more than five.
export const order = ['blue', 'vermilion', 'green', 'purple', 'orange'];
