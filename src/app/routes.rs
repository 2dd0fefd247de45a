//! Every address of the product, and who may see its page.

use super::Reader;
use super::components::skeleton::Skeleton;
use super::components::trouble::{Trouble, login_address};
use super::error::AppError;
use super::pages::*;
use super::plain::plain;
use super::types::{CurrentUser, Role};
use crate::tr;
use leptos::prelude::*;
use leptos::suspense::Unsuspend;
use leptos_router::components::{Redirect, Route, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{SsrMode, path};

/// The routes. Async rendering: pages are whole without a script.
#[component]
pub fn AllRoutes() -> impl IntoView {
    view! {
        <Routes fallback=|| view! { <Trouble error=AppError::NoSuchPage/> }>
            <Route path=path!("/") view=|| guard(|_| true, || view! { <Home/> }.into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/login") view=LoginPage ssr=SsrMode::Async/>
            <Route path=path!("/setup") view=SetupPage ssr=SsrMode::Async/>
            <Route path=path!("/verify") view=VerifyPage ssr=SsrMode::Async/>
            <Route path=path!("/reset") view=ResetPage ssr=SsrMode::Async/>
            <Route path=path!("/register") view=|| plain(|| view! { <RegisterPage/> }.into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/forgot") view=|| plain(|| view! { <ForgotPage/> }.into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/profile") view=|| plain(|| guard(|_| true, || view! { <ProfilePage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/today") view=|| guard(Role::is_staff, || view! { <TodayPage/> }.into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/sessions") view=|| plain(|| guard(Role::is_staff, || view! { <SessionsPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/sessions/:id") view=|| guard(Role::is_staff, || view! { <SessionPage/> }.into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/sessions/:id/history") view=|| plain(|| guard(Role::is_staff, || view! { <RegisterHistoryPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/sessions/:id/print") view=|| plain(|| guard(Role::is_staff, || view! { <RegisterSheetPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/search") view=|| plain(|| guard(Role::is_staff, || view! { <SearchPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/students") view=|| plain(|| guard(Role::is_staff, || view! { <StudentsPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/students/:id") view=|| guard(Role::is_staff, || view! { <StudentPage/> }.into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/students/:id/history") view=|| plain(|| guard(Role::is_staff, || view! { <StudentHistoryPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/reports") view=|| plain(|| guard(Role::is_staff, || view! { <ReportsPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/reports/students") view=|| plain(|| guard(Role::is_staff, || view! { <ReportStudentsPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/reports/without-register") view=|| plain(|| guard(Role::is_staff, || view! { <WithoutRegisterPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/exports/:id") view=|| plain(|| guard(Role::is_staff, || view! { <LongExportPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/waiting") view=|| plain(|| guard(|_| true, || view! { <WaitingPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/me") view=|| plain(|| guard(is_student, || view! { <MePage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/me/record") view=|| plain(|| guard(is_student, || view! { <MyRecordPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/me/face") view=|| plain(|| guard(is_student, || view! { <MyFacePage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/me/face/camera") view=|| guard(is_student, || view! { <MyCameraPage/> }.into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/contests") view=|| plain(|| guard(Role::is_staff, || view! { <ContestsPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/departments") view=|| plain(|| guard(is_admin, || view! { <DepartmentsPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/students") view=|| plain(|| guard(is_admin, || view! { <StudentsPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/students/new") view=|| guard(is_admin, || view! { <NewStudentPage/> }.into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/import") view=|| plain(|| guard(is_admin, || view! { <ImportsPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/import/:id") view=|| plain(|| guard(is_admin, || view! { <ImportPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin") view=|| plain(|| guard(is_admin, || view! { <OverviewPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/settings") view=|| plain(|| guard(is_admin, || view! { <SettingsPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/models") view=|| plain(|| guard(is_admin, || view! { <ModelsPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/audit") view=|| plain(|| guard(is_admin, || view! { <AuditPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/erasures/:id") view=|| plain(|| guard(is_admin, || view! { <ErasurePage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/backup") view=|| plain(|| guard(is_admin, || view! { <BackupPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/users") view=|| guard(is_admin, || view! { <UsersPage/> }.into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/users/invite") view=|| plain(|| guard(is_admin, || view! { <InviteUserPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/users/:id") view=|| plain(|| guard(is_admin, || view! { <UserCardPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/outbox") view=|| plain(|| guard(is_admin, || view! { <OutboxPage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
            <Route path=path!("/admin/outbox/:id") view=|| plain(|| guard(is_admin, || view! { <MessagePage/> }.into_any()).into_any()) ssr=SsrMode::Async/>
        </Routes>
    }
}

fn is_student(role: Role) -> bool {
    role == Role::Student
}

fn is_admin(role: Role) -> bool {
    role == Role::Admin
}

/// Shows a page to the roles that may see it; others are led to sign in or told
/// so. The rights themselves are checked behind every server function.
fn guard(allow: fn(Role) -> bool, page: fn() -> AnyView) -> impl IntoView {
    let reader = use_context::<Reader>();
    let location = use_location();
    view! {
        <Transition fallback=|| view! { <Skeleton/> }>
            {move || {
                let state = reader.and_then(|Reader(user)| user.get());
                let location = location.clone();
                // The page below is built once, not again by each look for pending data.
                Unsuspend::new(move || match state {
                    None => view! { <Skeleton/> }.into_any(),
                    Some(Err(error)) => view! { <Trouble error=error/> }.into_any(),
                    Some(Ok(None)) => view! { <Redirect path=login_address(&location)/> }.into_any(),
                    Some(Ok(Some(user))) if allow(user.role) => {
                        provide_context(user);
                        page()
                    }
                    Some(Ok(Some(_))) => {
                        let error = AppError::Forbidden(tr!("routes-other-role"));
                        view! { <Trouble error=error/> }.into_any()
                    }
                })
            }}
        </Transition>
    }
}

/// `/`: the role's first page.
#[component]
fn Home() -> impl IntoView {
    let home = use_context::<CurrentUser>().map_or("/login", |user| user.role.home());
    view! { <Redirect path=home/> }
}
