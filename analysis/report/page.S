/* The page that reports are made with, as page/build.mjs has written it to PAGE. */

        .section .rodata
        .global report_page, report_page_end
        .hidden report_page, report_page_end
report_page:
        .incbin PAGE
report_page_end:
        .byte 0
        .section .note.GNU-stack, "", %progbits
