// A point of the frame at which a mark is on top; null where there is none.
id => {
    const marks = [...document.querySelectorAll(`[data-id="${CSS.escape(id)}"]`)];
    for (const mark of marks) {
        const box = mark.getBoundingClientRect();
        const n = 24;
        for (let i = 1; i < n; i++) for (let j = 1; j < n; j++) {
            const x = box.left + box.width * i / n, y = box.top + box.height * j / n;
            if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) continue;
            const top = document.elementFromPoint(x, y);
            if (top && top.closest('[data-id]')?.dataset.id === id) return [x, y];
        }
        if (mark.getTotalLength) for (let i = 0; i <= 60; i++) {
            const p = mark.getPointAtLength(mark.getTotalLength() * i / 60).matrixTransform(mark.getScreenCTM());
            const top = document.elementFromPoint(p.x, p.y);
            if (top && top.closest('[data-id]')?.dataset.id === id) return [p.x, p.y];
        }
    }
    return null;
}
