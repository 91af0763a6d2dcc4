/* A program that was built without the page. */

        .section .rodata
        .global report_page, report_page_size
        .balign 8
report_page:
report_page_size:
        .quad 0
        .section .note.GNU-stack, "", %progbits
