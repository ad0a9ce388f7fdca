// Resolves after six frames in which the map did not move: a phone scrolls to it smoothly.
() => new Promise(done => {
    const top = () => document.querySelector('.st-key-map iframe').getBoundingClientRect().top;
    const look = (last, same) => requestAnimationFrame(() => {
        const now = top();
        if (same === 6) done(); else look(now, now === last ? same + 1 : 0);
    });
    look(top(), 0);
})
