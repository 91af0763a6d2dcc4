// The sentences of "In short".

export function inShort() {
    return [];
}
