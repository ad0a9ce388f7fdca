// Whether the server's run is over and all is drawn; a component's second child is what our script draws.
() => document.querySelector('[data-test-script-state=notRunning]')
    && [document, document.querySelector('.st-key-map iframe').contentDocument]
        .every((one) => one.fonts.status === 'loaded')
    && [...document.querySelectorAll('[data-testid=stBidiComponentRegular]')]
        .every((one) => one.children[1]?.hasChildNodes())
