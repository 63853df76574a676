//! One stage at a time, over a real plan of each size: reading, shape, judging, rendering; and what
//! every start of the program costs.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark is a program of its own: it reads files, asks the time and prints"
)]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use plangate::check::{AsOf, Judge, Settings};
use plangate::document::{self, Limits};
use plangate::plan::{Schema, Validator, check_shape};
use plangate::policy::{Pack, PackSource};
use plangate::report::{self, Format, Options};

#[path = "plans/mod.rs"]
mod plans;

use plans::{FIXTURES, TODAY, Texts};

fn read(criterion: &mut Criterion) {
    let texts = Texts::fixture("kaohsiung-civil-affairs");
    criterion.bench_function("read", |bencher| bencher.iter(|| texts.read()));
}

fn parse(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    for name in FIXTURES {
        let texts = Texts::fixture(name);
        group.throughput(Throughput::Bytes(texts.bytes()));
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| black_box(texts.parse()));
        });
    }
    group.finish();
}

fn schema(criterion: &mut Criterion) {
    let schema = Schema::builtin();
    let validator = Validator::new(&schema);
    let mut group = criterion.benchmark_group("schema");
    for name in FIXTURES {
        let files = Texts::fixture(name).parse();
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| black_box(check_shape(&files, &validator, &schema)));
        });
    }
    group.finish();
}

fn policies(criterion: &mut Criterion) {
    let schema = Schema::builtin();
    let (pack, _) = Pack::load(&[PackSource::builtin()], &schema);
    let settings = Settings {
        as_of: AsOf::Day(TODAY),
        today: TODAY,
        all: false,
    };
    let judge = Judge::new(&pack, &schema, settings);
    let mut group = criterion.benchmark_group("policies");
    for name in FIXTURES {
        let files = Texts::fixture(name).parse();
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| black_box(judge.plan(&files)));
        });
    }
    group.finish();
}

fn rendering(criterion: &mut Criterion) {
    let schema = Schema::builtin();
    let (pack, _) = Pack::load(&[PackSource::builtin()], &schema);
    let settings = Settings {
        as_of: AsOf::Day(TODAY),
        today: TODAY,
        all: false,
    };
    let judge = Judge::new(&pack, &schema, settings);
    let files = Texts::fixture("kaohsiung-civil-affairs").parse();
    let mut group = criterion.benchmark_group("rendering");
    for format in Format::ALL {
        let outcome = judge.outcome(vec![judge.plan(&files)], "0");
        group.bench_function(BenchmarkId::from_parameter(format.word()), |bencher| {
            let mut out = Vec::new();
            bencher.iter(|| {
                out.clear();
                report::render(format, &outcome, Options::default(), &mut out)
            });
        });
    }
    group.finish();
}

/// What a process does before it reads a plan.
fn start(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("start");
    group.bench_function("schema", |bencher| bencher.iter(Schema::builtin));
    let schema = Schema::builtin();
    group.bench_function("validator", |bencher| {
        bencher.iter(|| Validator::new(&schema));
    });
    group.bench_function("pack", |bencher| {
        bencher.iter(|| Pack::load(&[PackSource::builtin()], &schema));
    });
    let builtin = PackSource::builtin();
    group.bench_function("pack-read-only", |bencher| {
        bencher.iter(|| {
            let parse = |(_, file)| document::parse(file, Limits::default());
            builtin
                .files
                .iter()
                .map(|(path, file)| parse((path, file)))
                .collect::<Vec<_>>()
        });
    });
    group.finish();
}

fn quick() -> Criterion {
    let seconds = std::time::Duration::from_secs_f32;
    Criterion::default()
        .sample_size(20)
        .warm_up_time(seconds(0.5))
        .measurement_time(seconds(2.0))
}

criterion_group! {
    name = stages;
    config = quick();
    targets = read, parse, schema, policies, rendering, start
}
criterion_main!(stages);
