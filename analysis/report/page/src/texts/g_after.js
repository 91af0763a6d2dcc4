export const texts = { en: {}, nl: {}, fr: {} };
