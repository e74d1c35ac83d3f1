// SPDX-License-Identifier: Apache-2.0
#include "kube/client.hpp"

#include <utility>

#include "kube/status.hpp"

namespace dpctl {
namespace {

constexpr const char* page_size = "500";
constexpr const char* accept_metadata_list =
    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

ApiRequest list_request(const ListQuery& query, const ApiResource& resource) {
  ApiRequest request{.path = resource.path(query.ns), .query = {{"limit", page_size}}};
  if (!query.labels.empty()) {
    request.query["labelSelector"] = query.labels;
  }
  if (!query.fields.empty()) {
    request.query["fieldSelector"] = query.fields;
  }
  if (query.detail == Detail::metadata_only) {
    request.accept = accept_metadata_list;
  }
  return request;
}

void take_items(Json& page, const ListQuery& query, Listed& listed) {
  auto items = page.find("items");
  if (items == page.end() || !items->is_array()) {
    return;
  }
  for (auto& item : *items) {
    if (item.is_object()) {
      item["apiVersion"] = query.api_version;
      item["kind"] = query.kind;
      listed.items.push_back(std::move(item));
    }
  }
}

}  // namespace

Result<std::optional<ApiResource>> KubeClient::resource(const std::string& api_version,
                                                        const std::string& kind, const Call& call) {
  return discovery_.find(api_version, kind, call);
}

Result<ApiResource> KubeClient::resource_or_fail(const ObjectRef& ref, const Call& call) {
  auto found = TRY(resource(ref.api_version, ref.kind, call));
  if (!found) {
    return fail(
        ExitCode::step_failed,
        to_string(ref) + ": the cluster does not serve " + ref.kind + " of " + ref.api_version,
        "the CustomResourceDefinition that it needs is not there");
  }
  return std::move(*found);
}

Result<std::string> KubeClient::path_or_fail(const ObjectRef& ref, std::string_view subresource,
                                             const Call& call) {
  const ApiResource resource = TRY(resource_or_fail(ref, call));
  const std::string path = resource.path(ref.ns.empty() ? "default" : ref.ns, ref.name);
  return subresource.empty() ? path : path + "/" + std::string(subresource);
}

Result<ObjectRef> KubeClient::locate(ObjectRef ref, std::string_view default_ns, const Call& call) {
  const auto found = TRY(resource(ref.api_version, ref.kind, call));
  if (found && !found->namespaced) {
    ref.ns.clear();
  } else if (ref.ns.empty()) {
    ref.ns = default_ns;
  }
  return ref;
}

Result<std::optional<Json>> KubeClient::get(const ObjectRef& ref, const Call& call) {
  if (!TRY(resource(ref.api_version, ref.kind, call))) {
    return std::optional<Json>();
  }
  const ApiRequest request{.path = TRY(path_or_fail(ref, "", call))};
  const HttpResponse response = TRY(send(request, call));
  if (response.status == 404) {
    return std::optional<Json>();
  }
  if (response.status >= 400) {
    return fail(status_error(response, "get " + to_string(ref)));
  }
  return std::optional<Json>(TRY(parse_json(response.body, request.path)));
}

Result<std::vector<Json>> KubeClient::list(const ListQuery& query, const Call& call) {
  return TRY(list_with_version(query, call)).items;
}

Result<Listed> KubeClient::list_with_version(const ListQuery& query, const Call& call) {
  Listed listed;
  const auto found = TRY(resource(query.api_version, query.kind, call));
  if (!found) {
    return listed;
  }
  ApiRequest page_request = list_request(query, *found);
  const std::string what = "list " + found->plural;
  while (true) {
    const HttpResponse response = TRY(send(page_request, call));
    if (response.status == 410 && page_request.query.contains("continue")) {
      listed.items.clear();  // the list changed too long ago under our hands: from the start
      page_request.query.erase("continue");
      continue;
    }
    if (response.status == 404) {
      return listed;
    }
    if (response.status >= 400) {
      return fail(status_error(response, what));
    }
    Json page = TRY(parse_json(response.body, page_request.path));
    take_items(page, query, listed);
    listed.resource_version = string_at(page, "metadata.resourceVersion");
    const std::string next = string_at(page, "metadata.continue");
    if (next.empty()) {
      return listed;
    }
    page_request.query["continue"] = next;
  }
}

Result<Json> KubeClient::create(const Json& object, const Call& call) {
  ObjectRef ref = TRY(ref_of(object));
  const std::string what = "create " + to_string(ref);
  ref.name.clear();
  return request({.method = "POST",
                  .path = TRY(path_or_fail(ref, "", call)),
                  .query = {{"fieldManager", std::string(field_manager)}},
                  .body = dump(object)},
                 what, call);
}

Result<Json> KubeClient::create_subresource(const ObjectRef& ref, std::string_view subresource,
                                            const Json& body, const Call& call) {
  return request(
      {.method = "POST", .path = TRY(path_or_fail(ref, subresource, call)), .body = dump(body)},
      "create the " + std::string(subresource) + " of " + to_string(ref), call);
}

Result<Json> KubeClient::replace(const Json& object, std::string_view subresource,
                                 const Call& call) {
  const ObjectRef ref = TRY(ref_of(object));
  return request({.method = "PUT",
                  .path = TRY(path_or_fail(ref, subresource, call)),
                  .query = {{"fieldManager", std::string(field_manager)}},
                  .body = dump(object)},
                 "replace " + to_string(ref), call);
}

Result<Json> KubeClient::merge_patch(const ObjectRef& ref, const Json& patch, const Call& call) {
  return request({.method = "PATCH",
                  .path = TRY(path_or_fail(ref, "", call)),
                  .query = {{"fieldManager", std::string(field_manager)}},
                  .content_type = "application/merge-patch+json",
                  .body = dump(patch)},
                 "patch " + to_string(ref), call);
}

Result<HttpResponse> KubeClient::server_side_apply(const Json& object, DryRun dry_run, Force force,
                                                   const Call& call, std::string_view manager) {
  const ObjectRef ref = TRY(ref_of(object));
  ApiRequest patch{.method = "PATCH",
                   .path = TRY(path_or_fail(ref, "", call)),
                   .query = {{"fieldManager", std::string(manager)}, {"fieldValidation", "Strict"}},
                   .content_type = "application/apply-patch+yaml",
                   .body = dump(object)};
  if (dry_run == DryRun::yes) {
    patch.query["dryRun"] = "All";
  }
  if (force == Force::yes) {
    patch.query["force"] = "true";
  }
  return send(patch, call);
}

Result<bool> KubeClient::remove(const ObjectRef& ref, const RemoveOptions& options,
                                const Call& call) {
  if (!TRY(resource(ref.api_version, ref.kind, call))) {
    return false;
  }
  Json body = {
      {"kind", "DeleteOptions"}, {"apiVersion", "v1"}, {"propagationPolicy", options.propagation}};
  if (!options.uid.empty()) {
    body["preconditions"] = {{"uid", options.uid}};
  }
  if (options.grace_seconds) {
    body["gracePeriodSeconds"] = *options.grace_seconds;
  }
  const std::string path = TRY(path_or_fail(ref, "", call));
  const HttpResponse response =
      TRY(send({.method = "DELETE", .path = path, .body = dump(body)}, call));
  if (response.status == 404) {
    return false;
  }
  if (response.status >= 400) {
    return fail(status_error(response, "remove " + to_string(ref)));
  }
  return true;
}

Result<Json> KubeClient::version(const Call& call) {
  return request({.path = "/version"}, "ask for the cluster's version", call);
}

}  // namespace dpctl
