// The header in C++: the same library through a class of the user's own.
#include <iostream>
#include <memory>
#include <string>
#include <zeren.h>

struct Freed {
  void operator()(zeren_system *system) const { zeren_system_free(system); }
};

int main() {
  zeren_system *opened = nullptr;
  if (zeren_system_new("示例新区", ZEREN_NUL, &opened, nullptr) != ZEREN_OK) return 1;
  const std::unique_ptr<zeren_system, Freed> system(opened);
  const std::string query = R"({"view": "head", "day": "2024-01-01"})";
  zeren_text head = {nullptr, 0};
  if (zeren_system_view(system.get(), query.data(), query.size(), &head, nullptr) != ZEREN_OK) return 2;
  std::cout << std::string(head.data, head.len) << '\n';
  zeren_text_free(&head);
  return 0;
}
