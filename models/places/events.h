#ifndef MODELS_PLACES_EVENTS_H
#define MODELS_PLACES_EVENTS_H
/* What happens at a site at its own moment. What each kind does is a row of model.c. */

enum event_kind {
    EVENT_ARRIVAL,   /* subject: the slab of a source of arrivals */
    EVENT_PHASE,     /* subject, here and below: the slot of a person, whose phase ends */
    EVENT_WINDOW,    /* a transition house becomes possible */
    EVENT_SCREENED,  /* screening for a house ends */
    EVENT_BREACH,    /* the stay in a house ends in a breach */
    EVENT_LAPSE,     /* a sentence that was postponed lapses */
    EVENT_HAND_OFF,  /* no subject: a place has been made ready for the next */
    EVENT_COME_BACK, /* subject: the number of somebody who was released */
    EVENT_SETTLE,    /* the person has come home */
    EVENT_KINDS
};

#endif
