export const texts = {
    en: { 'a.floor': 'People on the floor', 'a.persons': 'persons', 'a.year': 'Year', 'a.mean': 'Mean' },
    nl: { 'a.floor': 'Grondslapers', 'a.persons': 'personen', 'a.year': 'Jaar', 'a.mean': 'Gemiddelde' },
    fr: { 'a.floor': 'Détenus dormant au sol', 'a.persons': 'personnes', 'a.year': 'Année', 'a.mean': 'Moyenne' },
};
