/* What the program carries of itself: its sources as built (SOURCES, a tar that gzip has packed), which
 * results carry too, its licence, and how to cite it. */

        .section .rodata

.macro carry name, file
        .global \name, \name\()_size
        .hidden \name, \name\()_size
\name:
        .incbin "\file"
1:      .balign 8
\name\()_size:
        .quad 1b - \name
.endm

        carry program_sources, SOURCES
        carry program_licence, "LICENSE"
        carry program_citation, "CITATION.cff"
        .section .note.GNU-stack, "", %progbits
