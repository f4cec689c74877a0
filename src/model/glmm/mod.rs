//! The binomial-normal model.
mod integral;
mod kernel;
mod link;
mod marginal;

#[cfg(test)]
mod scratch {
    use super::marginal::Marginal;
    use crate::{
        model::{Link, one_step::*},
        study::Counts,
    };
    fn c(v: &[(u64, u64)]) -> Vec<Counts> {
        v.iter().map(|&(x, n)| Counts::new(x, n).unwrap()).collect()
    }
    #[test]
    fn scratch() {
        let pritz = [
            (16, 17),
            (10, 12),
            (6, 8),
            (43, 58),
            (9, 10),
            (25, 42),
            (9, 14),
            (12, 12),
            (23, 41),
            (4, 5),
            (5, 6),
            (17, 23),
            (49, 68),
            (6, 10),
        ];
        let _ = pritz;
        for (name, link) in [
            ("pritz1997", Link::Logit),
            ("pritz1997", Link::Probit),
            ("pritz1997", Link::Cloglog),
            ("nielweise2007_treated", Link::Logit),
            ("nielweise2007_treated", Link::Probit),
            ("nielweise2007_treated", Link::Cloglog),
            ("crisafulli2020", Link::Logit),
            ("ldh_resorption_by_type", Link::Logit),
        ] {
            let csv = std::fs::read_to_string(format!("tests/reference/{name}.csv")).unwrap();
            let mut lines = csv.lines();
            let head: Vec<_> =
                lines.next().unwrap().split(',').map(|s| s.trim_matches('"')).collect();
            let ix = head.iter().position(|h| *h == "events").unwrap();
            let inn = head.iter().position(|h| *h == "total").unwrap();
            let data: Vec<(u64, u64)> = lines
                .map(|l| {
                    let f: Vec<_> = l.split(',').collect();
                    (f[ix].parse().unwrap(), f[inn].parse().unwrap())
                })
                .collect();
            let t0 = std::time::Instant::now();
            let m = Marginal::new(&c(&data), link);
            let max = maximise(&m).unwrap();
            let t1 = t0.elapsed();
            let iv = scale_interval(&m, &max, 3.841458820694124 / 2.0);
            let t2 = t0.elapsed();
            let li = location_interval(&m, &max, 3.841458820694124 / 2.0);
            let t3 = t0.elapsed();
            println!(
                "{name} {link:?} mu {:.12} tau2 {:.12} ll {:.12} se {:.10} modes {} ev {} rungs {} conv {} scale {:?} {:?} loc {:?} t {t1:?} {t2:?} {t3:?}",
                max.location(),
                max.inside.map_or(0.0, |r| (2.0 * r.log_scale).exp()),
                max.value(),
                max.covariance()[0].sqrt(),
                max.modes,
                max.evaluations,
                max.rungs.len(),
                max.converged,
                iv.lower.map(|l| (2.0 * l).exp()),
                iv.upper.map(|l| (2.0 * l).exp()),
                li
            );
        }
    }
}
