package worker

var late = promauto.NewCounter(prometheus.CounterOpts{Name: "shop_workers_late_total", Help: "So many were late (all of them)."})
