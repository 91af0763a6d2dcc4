/* The page that reports are made with, as page/build.mjs has written it to PAGE. */

        .section .rodata
        .global report_page, report_page_size
        .hidden report_page, report_page_size
report_page:
        .incbin PAGE
1:      .balign 8
report_page_size:
        .quad 1b - report_page
        .section .note.GNU-stack, "", %progbits
