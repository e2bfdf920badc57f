// The seed model in plain C++, with the algorithm and the results of src/engine: the measure that the
// benchmarks hold the simulator against. Poisson arrivals, three classes, whole output tokens MIN..MAX,
// log-efficiency steps; one policy.
//
//   seed-model REQUESTS BATCH LOAD fifo|priority [MIN MAX]
//
// As in the simulator a request is a row of columns, and what a run leaves behind is counted on the way: the
// gaps between tokens per class, who was served while others waited, time in backlog. Prints the CPU seconds
// of generating, simulating and summarising, and of all, the peak memory (MiB) and what the summary says.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <random>
#include <utility>
#include <vector>

#include <sys/resource.h>

namespace {

constexpr size_t CLASSES = 3;

double cpu_seconds() { return double(std::clock()) / CLOCKS_PER_SEC; }

struct Requests {
  std::vector<double> arrival;  // microseconds
  std::vector<uint32_t> output_tokens;
  std::vector<uint16_t> cls;
  explicit Requests(size_t count) : arrival(count), output_tokens(count), cls(count) {}
  size_t size() const { return arrival.size(); }
};

// What became of the requests, and what was counted on the way.
struct Outcomes {
  std::vector<double> admitted, first_token, finish;
  std::vector<uint8_t> status;
  std::vector<double> gaps;  // gap in microseconds x classes: how many
  std::map<unsigned, std::vector<double>> contended;  // set of waiting classes: time, service by class
  double busy_time = 0, batch_time = 0, backlog_time = 0, backlog_tokens = 0;
  uint64_t steps = 0;
  size_t peak_waiting = 0;
  Outcomes(size_t count, size_t longest_gap)
      : admitted(count), first_token(count), finish(count), status(count), gaps((longest_gap + 1) * CLASSES) {}
};

Requests generate(size_t count, double rate, uint32_t min, uint32_t max) {
  std::mt19937_64 random(42);
  std::exponential_distribution<double> gap(rate);
  std::uniform_int_distribution<uint32_t> tokens(min, max);
  std::uniform_real_distribution<double> unit(0, 1);
  Requests requests(count);
  double now = 0;
  for (size_t i = 0; i < count; i++) {
    requests.arrival[i] = std::round((now += gap(random)) * 1e6);
    requests.output_tokens[i] = tokens(random);
    double u = unit(random);
    requests.cls[i] = u < 0.2 ? 0 : u < 0.7 ? 1 : 2;
  }
  return requests;
}

// The waiting requests: a queue, or a heap of (class, index).
struct Fifo {
  std::queue<uint32_t> queue;
  void push(uint16_t, uint32_t i) { queue.push(i); }
  size_t size() const { return queue.size(); }
  uint32_t pop() { uint32_t i = queue.front(); queue.pop(); return i; }
};
struct Priority {
  using Entry = std::pair<uint32_t, uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<Entry>> heap;
  void push(uint16_t cls, uint32_t i) { heap.push({cls, i}); }
  size_t size() const { return heap.size(); }
  uint32_t pop() { uint32_t i = heap.top().second; heap.pop(); return i; }
};

template <class Waiting>
Outcomes simulate(const Requests& requests, size_t batch, const std::vector<double>& step_time) {
  using Finish = std::pair<uint64_t, uint32_t>;  // (tick of the last token, request)
  Outcomes out(requests.size(), size_t(step_time[1]));
  std::priority_queue<Finish, std::vector<Finish>, std::greater<Finish>> running;
  Waiting waiting;
  std::vector<uint32_t> fresh;
  size_t waiting_by_class[CLASSES] = {}, decoding_by_class[CLASSES] = {};
  double now = 0;
  uint64_t tick = 0;
  size_t next = 0;
  for (;;) {
    for (; next < requests.size() && requests.arrival[next] <= now; next++) {
      waiting.push(requests.cls[next], uint32_t(next));
      waiting_by_class[requests.cls[next]]++;
    }
    fresh.clear();
    while (running.size() < batch && waiting.size() > 0) {
      uint32_t i = waiting.pop();
      waiting_by_class[requests.cls[i]]--;
      out.admitted[i] = now;
      running.push({tick + requests.output_tokens[i], i});
      fresh.push_back(i);
    }
    out.peak_waiting = std::max(out.peak_waiting, waiting.size());
    if (running.empty()) {
      if (next == requests.size()) return out;
      now = requests.arrival[next];
      continue;
    }
    // Steps are alike until somebody finishes, or is admitted: then the next one has first tokens in it.
    double duration = step_time[running.size()];
    uint64_t ticks = running.top().first - tick;
    if (!fresh.empty()) ticks = 1;
    else if (running.size() < batch && next < requests.size())
      ticks = std::min(ticks, uint64_t(std::ceil((requests.arrival[next] - now) / duration)));
    double elapsed = double(ticks) * duration;
    tick += ticks;
    now += elapsed;
    out.steps += ticks;
    out.busy_time += elapsed;
    out.batch_time += elapsed * double(running.size());
    double served[CLASSES];
    for (size_t c = 0; c < CLASSES; c++) {
      served[c] = double(decoding_by_class[c] * ticks);
      out.gaps[size_t(duration) * CLASSES + c] += served[c];
    }
    for (uint32_t i : fresh) {
      out.first_token[i] = now;
      served[requests.cls[i]]++;
      decoding_by_class[requests.cls[i]]++;
    }
    if (waiting.size() > 0) {
      out.backlog_time += elapsed;
      out.backlog_tokens += double(running.size() * ticks);
      unsigned set = 0;
      for (size_t c = 0; c < CLASSES; c++) set |= unsigned(waiting_by_class[c] > 0) << c;
      if ((set & (set - 1)) != 0) {
        auto& record = out.contended[set];
        record.resize(1 + CLASSES);
        record[0] += elapsed;
        for (size_t c = 0; c < CLASSES; c++) record[1 + c] += 2 * served[c];
      }
    }
    while (!running.empty() && running.top().first == tick) {
      uint32_t i = running.top().second;
      out.finish[i] = now;
      out.status[i] = 0;
      decoding_by_class[requests.cls[i]]--;
      running.pop();
    }
  }
}

double percentile(std::vector<double>& values, double p) {
  size_t rank = size_t(std::ceil(p * double(values.size()))) - 1;
  std::nth_element(values.begin(), values.begin() + long(rank), values.end());
  return values[rank] / 1e6;
}

void describe(const char* name, std::vector<double>& values) {
  double sum = 0;
  for (double value : values) sum += value;
  std::printf("  %s mean %.6f", name, sum / 1e6 / double(values.size()));
  for (double p : {0.5, 0.9, 0.95, 0.99}) std::printf(" %.6f", percentile(values, p));
}

// The figures of a table: latency, time to the first token and in the queue, for each class and for all.
void summarise(const Requests& requests, const Outcomes& out) {
  std::vector<double> latency, first, queue;
  for (auto* values : {&latency, &first, &queue}) values->reserve(requests.size());
  for (size_t c = 0; c <= CLASSES; c++) {
    for (auto* values : {&latency, &first, &queue}) values->clear();
    for (size_t i = 0; i < requests.size(); i++) {
      if (c < CLASSES && requests.cls[i] != c) continue;
      latency.push_back(out.finish[i] - requests.arrival[i]);
      first.push_back(out.first_token[i] - requests.arrival[i]);
      queue.push_back(out.admitted[i] - requests.arrival[i]);
    }
    std::printf("class %zu count %zu", c, latency.size());
    describe("latency", latency);
    describe("ttft", first);
    describe("queue", queue);
    std::printf("\n");
  }
  double gaps = 0;
  for (double count : out.gaps) gaps += count;
  std::printf("gaps %.0f busy %.6f batch %.6f backlog %.6f %.0f peak %zu\n", gaps, out.busy_time / 1e6, out.batch_time / out.busy_time,
              out.backlog_time / 1e6, out.backlog_tokens, out.peak_waiting);
  for (const auto& [set, record] : out.contended)
    std::printf("contended %u time %.6f service %.0f %.0f %.0f\n", set, record[0] / 1e6, record[1], record[2], record[3]);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5 && argc != 7) { std::fprintf(stderr, "seed-model REQUESTS BATCH LOAD fifo|priority [MIN MAX]\n"); return 2; }
  size_t count = std::strtoull(argv[1], nullptr, 10), batch = std::strtoull(argv[2], nullptr, 10);
  double load = std::atof(argv[3]);
  uint32_t min = argc == 7 ? uint32_t(std::atoi(argv[5])) : 5, max = argc == 7 ? uint32_t(std::atoi(argv[6])) : 19;
  std::vector<double> step_time(batch + 1);
  for (size_t n = 1; n <= batch; n++) step_time[n] = std::round(50000 * std::max(0.5, 1 - 0.1 * std::log(double(n))));
  double rate = load * double(batch) / ((min + max) / 2.0 * step_time[batch] / 1e6);
  double t0 = cpu_seconds();
  auto requests = generate(count, rate, min, max);
  double t1 = cpu_seconds();
  auto outcomes = std::strcmp(argv[4], "fifo") == 0 ? simulate<Fifo>(requests, batch, step_time) : simulate<Priority>(requests, batch, step_time);
  double t2 = cpu_seconds();
  summarise(requests, outcomes);
  double t3 = cpu_seconds();
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  std::printf("steps %llu\ngenerate %.4f\nsimulate %.4f\nsummarise %.4f\ncpu %.4f\npeak %.1f\n", (unsigned long long)outcomes.steps, t1 - t0,
              t2 - t1, t3 - t2, cpu_seconds(), double(usage.ru_maxrss) / 1024);
}
