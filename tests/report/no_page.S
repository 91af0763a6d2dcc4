/* A program that was built without the page. */

        .section .rodata
        .global report_page, report_page_end
report_page:
report_page_end:
        .byte 0
        .section .note.GNU-stack, "", %progbits
