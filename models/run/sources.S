/* The sources of this program as built, which a result carries: SOURCES, a tar that gzip has packed. */

        .section .rodata
        .global program_sources, program_sources_size
        .hidden program_sources, program_sources_size
program_sources:
        .incbin SOURCES
1:      .balign 8
program_sources_size:
        .quad 1b - program_sources
        .section .note.GNU-stack, "", %progbits
